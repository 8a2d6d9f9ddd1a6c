namespace CogRecover.Module.Tests.Runbooks;

/// <summary>Watch-DeletedAccount, and where its report goes.</summary>
public abstract class WatchTest : RunbookTest
{
    private protected override string Runbook => "Watch-DeletedAccount";

    /// <summary>The folder of what a person may want to look at after the test.</summary>
    private protected string Artefacts { get; } =
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "artefacts")).FullName;

    private protected string Report => Path.Combine(
        Artefacts, $"{GetType().Name}.{TestContext.Current.TestMethod!.MethodName}.html");

    private protected void GivenOneOfEach()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Arm.State.AddDeletedAccount(
            "contoso-fresh", "rg-ai", deletionDate: now.AddMinutes(-5), deletedBy: "sam@contoso.com");
        Arm.State.AddDeletedAccount(
            "contoso-soon", "rg-ai", deletionDate: now.AddHours(-40), deletedBy: "dana@contoso.com");
        Arm.State.AddDeletedAccount(
            "contoso-groupless", "rg-retired", deletionDate: now.AddHours(-30), deletedBy: "dana@contoso.com");
        Arm.State.RemoveResourceGroup("rg-retired");
    }
}
