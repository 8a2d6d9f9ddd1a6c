using System.Reflection;

namespace CogRecover.Engine.Tests;

/// <summary>That the other tests test what ships.</summary>
public sealed class StagedEngineTests(QuickArm arm) : EngineTest(arm), IClassFixture<QuickArm>
{
    [Fact]
    public async Task The_engine_and_all_that_only_it_needs_come_from_the_staged_module()
    {
        await ListAsync();

        Assert.Equal(StagedEngine.Folder, FolderOf(typeof(AccountRecovery).Assembly));
        Assert.Equal(StagedEngine.Folder, FolderOf(typeof(DeletedCognitiveAccount).Assembly));
        string own = FolderOf(typeof(StagedEngineTests).Assembly);
        Assert.All(Loaded().Where(assembly => IsIn(StagedEngine.Folder, assembly)), assembly => Assert.True(
            FolderOf(assembly) == StagedEngine.Folder || IsIn(own, assembly) || IsFrameworks(assembly),
            $"{assembly} comes from {assembly.Location}."));
    }

    [Fact]
    public async Task Azures_own_library_is_the_one_that_ships()
    {
        await ListAsync();

        Assembly azure = Assert.Single(Loaded(), assembly => assembly.GetName().Name == "Azure.Core");
        Assert.Equal(StagedEngine.Folder, FolderOf(azure));
    }

#if NET
    [Fact]
    public void What_Windows_PowerShell_loads_can_be_tested_here_too()
    {
        Assert.SkipUnless(
            TestMetadata.Of("HasNetFramework") == "true",
            "There is neither .NET Framework nor Mono to run the other half of the module. On Debian and Ubuntu, "
            + "apt-get install mono-devel brings Mono.");

        string own = FolderOf(typeof(StagedEngineTests).Assembly);
        Assert.True(File.Exists(Path.Combine(own, "../net472/CogRecover.Engine.Tests.exe")));
    }
#endif

    private static IEnumerable<Assembly> Loaded() =>
        AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic);

    private static string FolderOf(Assembly assembly) => Path.GetDirectoryName(Path.GetFullPath(assembly.Location))!;

    private static bool IsIn(string folder, Assembly assembly) =>
        File.Exists(Path.Combine(folder, assembly.GetName().Name + ".dll"));

    private static bool IsFrameworks(Assembly assembly) =>
        FolderOf(assembly) == FolderOf(typeof(object).Assembly);
}
