using System.CommandLine;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan login</c> and <c>plan logout</c>.</summary>
internal static class LoginCommands
{
    public static Command Login(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Option<string?>("--client-id") { Description = "The client's id; otherwise PLAN_CLIENT_ID." };
        var scopes = new Option<string[]>("--scope") { Description = "What the token is to allow; otherwise all that the client may do.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("login", "Get an access token and keep it for the commands to come; the secret is asked for, or read from PLAN_CLIENT_SECRET.") { id, scopes };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var open = connection.Open(result);
            return await Failures.RunAsync(terminal, open, async () =>
            {
                var login = open.Login;
                var client = result.GetValue(id) ?? Access.Login.ClientId ?? throw new CommandException("--client-id is required.");
                var secret = Access.Login.ClientSecret ?? await terminal.AskAsync($"Secret of {client}", hidden: true, cancellationToken)
                    ?? throw new CommandException("No secret was given.");
                var token = await login.AskAsync(client, secret, result.GetValue(scopes) ?? [], cancellationToken);
                login.Store.Save(login.Address, token);
                terminal.Answer.WriteLine($"Logged in to {login.Address} as {client} until {token.End.LocalDateTime:t}; the token is in {login.Store.File}.");
            });
        });
        return command;
    }

    public static Command Logout(ConnectionOptions connection, Terminal terminal)
    {
        var command = new Command("logout", "Forget the stored access token.");
        command.SetAction(async (result, _) =>
        {
            using var open = connection.Open(result);
            return await Failures.RunAsync(terminal, open, () =>
            {
                terminal.Answer.WriteLine(open.Login.Store.Remove(open.Address) ? $"Logged out of {open.Address}." : $"You were not logged in to {open.Address}.");
                return Task.CompletedTask;
            });
        });
        return command;
    }
}
