using System.Text;
using System.Text.RegularExpressions;
using Azure;
using CogRecover.Core.Errors;
using CogRecover.Core.References;

namespace CogRecover.Core.Tests.Errors;

public sealed class ArmCodeTests
{
    private static readonly Attempt Restore = new RestoreAttempt(
        AccountReference.Parse("/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.CognitiveServices"
            + "/locations/westus/resourceGroups/rg/deletedAccounts/contoso"),
        DateTime.UtcNow.AddHours(-1));

    [Fact]
    public void Every_word_in_a_text_of_the_table_is_known_to_an_error_or_to_a_restore()
    {
        ArmError error = ArmError.Of(Refusal(409, "Conflict"));

        foreach (ArmCode row in ArmCodes.Table)
            foreach (Match word in Regex.Matches(row.Says + row.Next, @"\{(\w*)\}"))
                Assert.True(
                    (error.Word(word.Groups[1].Value) ?? Restore.Word(word.Groups[1].Value)) is not null,
                    $"{row.Status} {row.Code}: {word}");
    }

    [Theory]
    [InlineData(404, "SubscriptionNotFound", RecoveryErrorId.InvalidResourceId)]
    [InlineData(403, "SubscriptionNotFound", RecoveryErrorId.AuthorizationFailed)]
    [InlineData(409, "anotherOperationINPROGRESS", RecoveryErrorId.OperationInProgress)]
    [InlineData(400, "AnotherOperationInProgress", RecoveryErrorId.RestoreFailed)]
    [InlineData(503, "Unheard", RecoveryErrorId.ServiceUnavailable)]
    [InlineData(418, "Unheard", RecoveryErrorId.RestoreFailed)]
    [InlineData(409, "ResourceGroupNotFound", RecoveryErrorId.ResourceGroupNotFound)]
    [InlineData(404, ArmCode.NothingToRestore, RecoveryErrorId.RetentionExpired)]
    public void A_code_counts_with_its_status_alone(int status, string code, RecoveryErrorId id) =>
        Assert.Equal(id, Restore.Explain(Refusal(status, code)).ErrorId);

    private static RequestFailedException Refusal(int status, string code) => new(new FakeResponse(status)
    {
        ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(
            $$$"""{"error":{"code":"{{{code}}}","message":"No."}}""")),
    });
}
