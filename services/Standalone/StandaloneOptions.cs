using System.CommandLine;
using PlanServices.Reporting;

namespace PlanServices.Standalone;

/// <summary>What the command line says.</summary>
/// <param name="HttpPort">HTTP/1.1: pages and JSON. 0 takes a free one.</param>
/// <param name="GrpcPort">gRPC over cleartext HTTP/2. 0 takes a free one.</param>
/// <param name="Data">The folder of the databases.</param>
/// <param name="Sample">Whether a new database gets the sample plan.</param>
/// <param name="Rebuild">Whether the reports' model is thrown away and built anew.</param>
/// <param name="Tls">A third endpoint, for everybody; null for none.</param>
/// <param name="HostArguments">Settings for the host, such as <c>--Logging:LogLevel:Default=Debug</c>: whatever is no option of ours.</param>
internal sealed record StandaloneOptions(
    int HttpPort, int GrpcPort, string Data, bool Sample, bool Rebuild, TlsOptions? Tls, IReadOnlyList<string> HostArguments)
{
    /// <summary>Reads the command line; on a mistake, or when asked for help, prints it and gives the exit code instead.</summary>
    public static (StandaloneOptions? Options, int ExitCode) Parse(string[] args)
    {
        var http = new Option<int>("--http-port") { Description = "Port of pages and JSON (HTTP/1.1); 0 takes a free one.", DefaultValueFactory = _ => 5080 };
        var grpc = new Option<int>("--grpc-port") { Description = "Port of gRPC (cleartext HTTP/2); 0 takes a free one.", DefaultValueFactory = _ => 5081 };
        var data = new Option<string>("--data") { Description = "Folder of the databases; made where it is not there.", DefaultValueFactory = _ => "data" };
        var noSample = new Option<bool>("--no-sample") { Description = "Leave a new database empty." };
        var rebuild = new Option<bool>("--rebuild") { Description = "Throw the reports' read model away and build it anew from the catalogue." };
        var certificate = new Option<string?>("--certificate") { Description = "Certificate (PEM or PFX): pages, JSON and gRPC for everybody on one TLS port." };
        var key = new Option<string?>("--certificate-key") { Description = "The certificate's private key, where it is a PEM file of its own." };
        var https = new Option<int>("--https-port") { Description = "Port of TLS, with --certificate; 0 takes a free one.", DefaultValueFactory = _ => 5443 };
        foreach (var port in new[] { http, grpc, https })
        {
            port.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value is < 0 or > 65535))
                    result.AddError($"{port.Name} takes a port, 0 to 65535; it was '{result.Tokens[0].Value}'.");
            });
        }

        var command = new RootCommand("PlanServices in one process: the catalogue, the directory, reporting and the dashboard.")
        {
            http, grpc, data, noSample, rebuild, certificate, key, https,
        };
        // Settings such as --Logging:LogLevel:Default=Debug go to the host.
        command.TreatUnmatchedTokensAsErrors = false;
        var result = command.Parse(args);
        if (result.Errors.Count > 0 || result.Action is not null)
            return (null, result.Invoke());

        var tls = result.GetValue(certificate) is { } path ? new TlsOptions(result.GetValue(https), path, result.GetValue(key)) : null;
        return (new StandaloneOptions(
            result.GetValue(http), result.GetValue(grpc), result.GetValue(data)!, !result.GetValue(noSample), result.GetValue(rebuild), tls, result.UnmatchedTokens), 0);
    }

    /// <summary>The same as settings of the host.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings() => new Dictionary<string, string?>
    {
        ["Kestrel:Endpoints:http:Url"] = Url(HttpPort),
        ["Kestrel:Endpoints:http:Protocols"] = "Http1",
        ["Kestrel:Endpoints:grpc:Url"] = Url(GrpcPort),
        ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
        ["ConnectionStrings:actions"] = Database("actions"),
        ["ConnectionStrings:partners"] = Database("partners"),
        ["ConnectionStrings:reporting"] = Database("reporting"),
        [ReportingHosting.Rebuild] = Rebuild ? "true" : "false",
        ["ConnectionStrings:publications"] = Database("publications"),
    };

    /// <summary>The TLS endpoint as settings of the host: in Development for this machine, otherwise for every.</summary>
    public IEnumerable<KeyValuePair<string, string?>> TlsSettings(bool development) => Tls is null ? [] : new Dictionary<string, string?>
    {
        ["Kestrel:Endpoints:https:Url"] = development ? $"https://127.0.0.1:{Tls.Port}" : $"https://*:{Tls.Port}",
        ["Kestrel:Endpoints:https:Protocols"] = "Http1AndHttp2",
        ["Kestrel:Endpoints:https:Certificate:Path"] = Path.GetFullPath(Tls.Certificate),
        ["Kestrel:Endpoints:https:Certificate:KeyPath"] = Tls.Key is null ? null : Path.GetFullPath(Tls.Key),
    };

    private static string Url(int port) => port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{port}";

    private string Database(string name) => $"Data Source={Path.Combine(Path.GetFullPath(Data), $"{name}.db")}";
}

/// <summary>The TLS endpoint: both protocols on one port, by ALPN.</summary>
/// <param name="Port">0 takes a free one.</param>
/// <param name="Certificate">A file, PEM or PFX.</param>
/// <param name="Key">The private key's file, where it is another.</param>
internal sealed record TlsOptions(int Port, string Certificate, string? Key);
