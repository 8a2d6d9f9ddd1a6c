using CogRecover.Sandbox.Arm.State;

namespace CogRecover.Sandbox.Arm.Seeds;

/// <summary>As many deleted accounts as a test of size wants.</summary>
internal static class SyntheticAccounts
{
    /// <summary>On the average about 10 KB an account on the wire.</summary>
    private static readonly string[] Kinds =
        ["FormRecognizer", "AIServices", "FormRecognizer", "OpenAI", "FormRecognizer", "Face"];

    private static readonly string[] Locations = ["eastus", "West Europe", "swedencentral", "westus3"];

    public static void AddTo(ArmState state, int subscriptions, int accounts)
    {
        for (var i = 1; i <= subscriptions; i++)
            state.AddSubscription($"3f1a7b52-6c0d-4d8e-b1f4-{i:x12}", $"Contoso Extra {i:000}");
        var all = state.Subscriptions;
        var groups = Enumerable.Range(1, 50).Select(i => $"rg-bulk-{i:00}").ToArray();
        var now = state.Now;
        for (var i = 0; i < accounts; i++)
        {
            state.AddDeletedAccount(
                $"contoso-bulk-{i + 1:00000}",
                groups[i / all.Count % groups.Length],
                Locations[i % Locations.Length],
                Kinds[i % Kinds.Length],
                subscriptionId: all[i % all.Count].SubscriptionId,
                deletionDate: now.AddMinutes(-(i % 2_700)));
        }
    }
}
