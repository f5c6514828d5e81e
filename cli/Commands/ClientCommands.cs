using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Cli.Output;
using PlanServices.Partners.V1;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan clients</c>: the systems that may call the services.</summary>
internal static class ClientCommands
{
    public static Command Create(ConnectionOptions connection, Terminal terminal) => new("clients", "The systems that may call the services.")
    {
        New(connection, terminal), List(connection, terminal), Rotate(connection, terminal), Delete(connection, terminal),
    };

    private static Command New(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Argument<string>("CLIENT") { Description = "The client's id: county-case-system." };
        var name = new Option<string>("--name") { Description = "What people call the system.", Required = true };
        var partner = new Option<string?>("--partner") { Description = "The partner whose system it is: county-council." };
        var scopes = new Option<string[]>("--scope") { Description = "What it may do: plan.read updates.write.", Required = true, AllowMultipleArgumentsPerToken = true };
        var command = new Command("create", "Make a client; its secret is shown once.") { id, name, partner, scopes };
        command.Calls(connection, terminal, NewClient, async (result, clients, options) =>
        {
            var made = await clients.CreateApiClientAsync(
                new CreateApiClientRequest
                {
                    ApiClientId = result.GetValue(id)!,
                    ApiClient = new ApiClient
                    {
                        DisplayName = result.GetValue(name)!,
                        Partner = result.GetValue(partner) is { Length: > 0 } p ? p.StartsWith("partners/", StringComparison.Ordinal) ? p : $"partners/{p}" : "",
                        Scopes = { result.GetValue(scopes) },
                    },
                },
                options);
            Show(terminal, made.ApiClient, made.Secret);
        });
        return command;
    }

    private static Command List(ConnectionOptions connection, Terminal terminal)
    {
        var command = new Command("list", "List the clients.");
        command.Calls(connection, terminal, NewClient, async (_, clients, options) =>
        {
            var table = new Table().AddColumns("Client", "Name", "Partner", "Scopes", "Secrets");
            var request = new ListApiClientsRequest { PageSize = 1000 };
            do
            {
                var page = await clients.ListApiClientsAsync(request, options);
                foreach (var client in page.ApiClients)
                    table.AddRow([.. new[] { IdOf(client), client.DisplayName, client.Partner, string.Join(' ', client.Scopes), Secrets(client) }.Select(Markup.Escape)]);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
            terminal.Answer.WriteTable(table);
        });
        return command;
    }

    private static Command Rotate(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Argument<string>("CLIENT") { Description = "The client's id." };
        var overlap = new Option<int?>("--overlap-hours") { Description = "How long the secret before it goes on; otherwise 7 days. 0 ends it at once." };
        var command = new Command("rotate", "Give a client a new secret, shown once; the one before it goes on for a while.") { id, overlap };
        command.Calls(connection, terminal, NewClient, async (result, clients, options) =>
        {
            var request = new RotateSecretRequest { Name = $"clients/{result.GetValue(id)}" };
            if (result.GetValue(overlap) is { } hours)
                request.Overlap = Duration.FromTimeSpan(TimeSpan.FromHours(hours));
            var rotated = await clients.RotateSecretAsync(request, options);
            Show(terminal, rotated.ApiClient, rotated.Secret);
        });
        return command;
    }

    private static Command Delete(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Argument<string>("CLIENT") { Description = "The client's id." };
        var command = new Command("delete", "Delete a client: it gets no more tokens.") { id };
        command.Calls(connection, terminal, NewClient, async (result, clients, options) =>
        {
            await clients.DeleteApiClientAsync(new DeleteApiClientRequest { Name = $"clients/{result.GetValue(id)}" }, options);
            terminal.Answer.WriteLine($"{result.GetValue(id)} is deleted; tokens that it holds end within their lifetime.");
        });
        return command;
    }

    private static void Show(Terminal terminal, ApiClient client, string secret)
    {
        terminal.Answer.WriteLine($"{IdOf(client)}: {client.DisplayName}, {string.Join(' ', client.Scopes)}{(client.Partner.Length > 0 ? $", for {client.Partner}" : "")}");
        terminal.Answer.WriteLine($"secret: {secret}");
        terminal.Aside.WriteLine("The secret is shown this once; it is kept nowhere but as a hash.");
    }

    private static ClientService.ClientServiceClient NewClient(Grpc.Core.ChannelBase channel) => new(channel);

    private static string IdOf(ApiClient client) => client.Name["clients/".Length..];

    private static string Secrets(ApiClient client) => string.Join(", ", client.Secrets.Select(s => s.ExpireTime is null
        ? $"{s.Hint}…"
        : $"{s.Hint}… until {s.ExpireTime.ToDateTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"));
}
