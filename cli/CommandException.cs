namespace PlanServices.Cli;

/// <summary>A command cannot go on; the message is the one sentence that says why.</summary>
internal sealed class CommandException(string message) : Exception(message);
