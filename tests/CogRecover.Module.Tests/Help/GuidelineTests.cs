using System.Management.Automation;
using System.Reflection;

namespace CogRecover.Module.Tests.Help;

/// <summary>What a script analyzer looks for in a module's commands.</summary>
public sealed class GuidelineTests : ModuleTest
{
    private static readonly Type[] Verbs =
    [
        typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
        typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
    ];

    private CmdletInfo[] Cmdlets => [.. Shell.Run("Get-Command -Module CogRecover").ThrowIfFailed().Output
        .Select(command => (CmdletInfo)command.BaseObject)];

    [Fact]
    public void Each_cmdlet_has_an_approved_verb_and_a_singular_noun()
    {
        string[] approved = [.. Verbs.SelectMany(verbs => verbs.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(verb => (string)verb.GetValue(null)!)];

        Assert.Equal(4, Cmdlets.Length);
        Assert.All(Cmdlets, cmdlet =>
        {
            Assert.Contains(cmdlet.Verb, approved);
            Assert.False(cmdlet.Noun.EndsWith('s'), cmdlet.Name);
        });
    }

    [Fact]
    public void Each_cmdlet_says_what_it_writes() =>
        Assert.All(Cmdlets, cmdlet => Assert.NotEmpty(cmdlet.OutputType));

    [Fact]
    public void What_changes_something_can_be_asked_about_and_nothing_else_can() =>
        Assert.All(Cmdlets, cmdlet => Assert.Equal(
            cmdlet.Verb is not ("Get" or "Test"),
            cmdlet.Parameters.ContainsKey("WhatIf") && cmdlet.Parameters.ContainsKey("Confirm")));

    [Fact]
    public void No_parameter_takes_a_secret_as_text() =>
        Assert.All(Cmdlets.SelectMany(cmdlet => cmdlet.Parameters.Keys), parameter =>
            Assert.DoesNotMatch("(?i)password|secret|token|accesskey|apikey", parameter));

    [Fact]
    public void Lists_are_named_in_the_singular_and_what_is_on_or_off_is_a_switch() =>
        Assert.All(Cmdlets.SelectMany(cmdlet => cmdlet.Parameters.Values), parameter =>
        {
            if (parameter.ParameterType.IsArray) Assert.False(parameter.Name.EndsWith('s'), parameter.Name);
            Assert.NotEqual(typeof(bool), parameter.ParameterType);
        });
}
