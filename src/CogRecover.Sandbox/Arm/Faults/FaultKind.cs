using System.Text.Json.Serialization;

namespace CogRecover.Sandbox.Arm.Faults;

/// <summary>What goes wrong with an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>Another status, with the error's JSON, a proxy's page or nothing.</summary>
    Status,

    /// <summary>The connection is reset before the answer.</summary>
    Reset,

    /// <summary>The connection is reset in the middle of a header.</summary>
    ResetInHeader,

    /// <summary>The connection is reset in the middle of the body.</summary>
    ResetInBody,

    /// <summary>There is never an answer.</summary>
    Silence,

    /// <summary>The body stops in its middle, and the connection stays.</summary>
    SilenceInBody,

    /// <summary>The body comes byte by byte.</summary>
    Trickle,

    /// <summary>The body ends in its middle, as if that were all.</summary>
    Truncated,

    /// <summary>The body is empty.</summary>
    Empty,

    /// <summary>The body is a proxy's page.</summary>
    NotJson,

    /// <summary>The body is JSON, nested <see cref="Fault.Size"/> levels deep.</summary>
    Nested,

    /// <summary>The body has blanks of <see cref="Fault.Size"/> MB in front.</summary>
    Large,

    /// <summary>The body says that it is another type than it is.</summary>
    ContentType,

    /// <summary>The body is UTF-16, and says that it is JSON.</summary>
    Utf16,

    /// <summary>The body says that it is compressed, and isn't.</summary>
    Encoding,

    /// <summary>302 to <see cref="Fault.Location"/>.</summary>
    Redirect,

    /// <summary>Values of the body are others: <see cref="Fault.Edits"/>.</summary>
    Edit,

    /// <summary>A polled operation is in the state <see cref="Fault.State"/>.</summary>
    Operation,
}
