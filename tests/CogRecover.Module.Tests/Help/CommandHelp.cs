using System.Globalization;
using System.Management.Automation;

namespace CogRecover.Module.Tests.Help;

/// <summary>What the help says of a command, and what the command is, in the same words.</summary>
/// <param name="command">The command, as <c>Get-Command</c> has it.</param>
/// <param name="help">Its help, as <c>Get-Help</c> has it.</param>
internal sealed class CommandHelp(CmdletInfo command, PSObject help)
{
    /// <summary>The command's name.</summary>
    public string Name => command.Name;

    /// <summary>Where <c>Get-Help -Online</c> leads, as the code says.</summary>
    public string OnlineHelp => new CommandMetadata(command).HelpUri;

    /// <summary>The related links that have an address, in their order.</summary>
    public IEnumerable<string> Links => At(help, "relatedLinks", "navigationLink", "uri").Select(uri => $"{uri}");

    /// <summary>Each parameter of the code, with all that is to be known of it.</summary>
    public IEnumerable<string> Parameters
    {
        get
        {
            using var instance = (IDisposable)Activator.CreateInstance(command.ImplementingType)!;
            return
            [
                .. command.ParameterSets.SelectMany(Own).GroupBy(parameter => parameter.Name)
                    .Select(inSets => Describe([.. inSets], Default(instance, inSets.Key))).Order(),
            ];
        }
    }

    /// <summary>Each parameter of the help, in the same words.</summary>
    public IEnumerable<string> DescribedParameters => At(help, "parameters", "parameter")
        .Select(parameter => Describe(parameter) + $" type={Text(parameter, "type", "name")}"
            + $" aliases={Text(parameter, "aliases")} wildcards={bool.Parse(Text(parameter, "globbing"))}"
            + $" default={Text(parameter, "defaultValue")}").Order();

    /// <summary>What the help has to say of each of its parameters.</summary>
    public IEnumerable<(string Name, string Description)> Descriptions => At(help, "parameters", "parameter")
        .Select(parameter => (Text(parameter, "name"), Text(parameter, "description", "Text")));

    /// <summary>The parameters of each set of the code, the default set first.</summary>
    public IEnumerable<string> Sets => InOrder(command.ParameterSets.OrderByDescending(set => set.IsDefault)
        .Select(set => Own(set).Select(parameter => Describe(parameter))));

    /// <summary>The parameters of each syntax of the help, in the same words.</summary>
    public IEnumerable<string> Syntaxes => InOrder(At(help, "syntax", "syntaxItem")
        .Select(syntax => At(syntax, "parameter").Select(Describe)));

    /// <summary>The types that the code takes from the pipeline.</summary>
    public IEnumerable<string> Inputs
    {
        get
        {
            CommandParameterInfo[] all = [.. command.ParameterSets.SelectMany(Own)];
            return all.Where(parameter => parameter.ValueFromPipeline)
                .Select(parameter => TypeOf(parameter).GetElementType()!.FullName!)
                .Concat(all.Where(parameter => parameter.ValueFromPipelineByPropertyName)
                    .Select(_ => typeof(PSObject).FullName!))
                .Distinct().Order();
        }
    }

    /// <summary>The input types of the help.</summary>
    public IEnumerable<string> DescribedInputs => Described("inputTypes", "inputType");

    /// <summary>The types that the code writes: those it declares, and a job where it can be asked for one.</summary>
    public IEnumerable<string> Outputs => command.OutputType.Select(type => type.Name)
        .Concat(command.Parameters.ContainsKey("AsJob") ? [typeof(Job).FullName!] : []).Order();

    /// <summary>The output types of the help.</summary>
    public IEnumerable<string> DescribedOutputs => Described("returnValues", "returnValue");

    /// <summary>The paragraphs at one place of the help.</summary>
    public IEnumerable<string> Paragraphs(params string[] path) =>
        At(help, path).Select(paragraph => $"{paragraph.Properties["Text"]?.Value}").Where(text => text.Length > 0);

    /// <summary>The command's name.</summary>
    public override string ToString() => Name;

    private IEnumerable<string> Described(string list, string entry) => At(help, list, entry)
        .Where(type => Text(type, "description", "Text").Length > 0)
        .Select(type => Text(type, "type", "name")).Order();

    // Required is what every set requires, and from the pipeline comes what any set takes from there.
    private static string Describe(CommandParameterInfo[] inSets, string defaultValue)
    {
        CommandParameterInfo any = inSets[0];
        return Describe(inSets) + $" type={TypeOf(any).FullName}"
            + $" aliases={(any.Aliases.Count == 0 ? "none" : string.Join(", ", any.Aliases))}"
            + $" wildcards={any.Attributes.OfType<SupportsWildcardsAttribute>().Any()} default={defaultValue}";
    }

    private static string Describe(params CommandParameterInfo[] inSets) => Describe(
        inSets[0].Name, TypeOf(inSets[0]).Name, Array.TrueForAll(inSets, parameter => parameter.IsMandatory),
        string.Join(" or ", inSets.Select(Position).Distinct()), Pipeline(inSets));

    private static string Describe(PSObject parameter)
    {
        string type = Text(parameter, "parameterValue");
        return Describe(
            Text(parameter, "name"), type.Length > 0 ? type : nameof(SwitchParameter),
            bool.Parse(Text(parameter, "required")), Text(parameter, "position"), Text(parameter, "pipelineInput"));
    }

    private static string Describe(string name, string type, bool isRequired, string position, string pipeline) =>
        $"-{name} <{type}> required={isRequired} position={position} pipeline={pipeline}";

    private static IEnumerable<string> InOrder(IEnumerable<IEnumerable<string>> sets)
    {
        string[] texts = [.. sets.Select(parameters => string.Join("\n", parameters.Order()))];
        return [.. texts.Take(1), .. texts.Skip(1).Order()];
    }

    private static IEnumerable<CommandParameterInfo> Own(CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    private static Type TypeOf(CommandParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    private static string Position(CommandParameterInfo parameter) =>
        parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture);

    private static string Pipeline(CommandParameterInfo[] sets)
    {
        List<string> ways = [];
        if (sets.Any(parameter => parameter.ValueFromPipeline)) ways.Add("ByValue");
        if (sets.Any(parameter => parameter.ValueFromPipelineByPropertyName)) ways.Add("ByPropertyName");
        return ways.Count == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    // -WhatIf and -Confirm aren't properties of the command.
    private static string Default(object instance, string name) =>
        instance.GetType().GetProperty(name) is not { } property ? "False" : property.GetValue(instance) switch
        {
            null => "None",
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => $"{value}",
        };

    private static string Text(PSObject of, params string[] path) =>
        string.Join("\n", At(of, path).Select(text => $"{text}"));

    private static PSObject[] At(PSObject of, params string[] path) => path.Aggregate(
        new[] { of },
        (found, name) => [.. found.SelectMany(one => one.Properties[name]?.Value switch
        {
            null => [],
            IEnumerable<object> many => many.Select(PSObject.AsPSObject),
            var single => [PSObject.AsPSObject(single)],
        })]);
}
