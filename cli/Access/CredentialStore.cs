using System.Text.Json;

namespace PlanServices.Cli.Access;

/// <summary>Where <c>plan login</c> keeps tokens: a file that nobody but its owner can read. Secrets are not kept.</summary>
internal sealed class CredentialStore(string file)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string File => file;

    public static CredentialStore OfUser()
    {
        var folder = Environment.GetEnvironmentVariable("PLAN_CONFIG_DIR") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "planservices");
        return new CredentialStore(Path.Combine(folder, "tokens.json"));
    }

    /// <summary>The token for an address; null where there is none.</summary>
    public AccessToken? Find(Uri address) => Read().GetValueOrDefault(address.AbsoluteUri);

    public void Save(Uri address, AccessToken token)
    {
        var tokens = Read();
        tokens[address.AbsoluteUri] = token;
        Write(tokens);
    }

    /// <summary>False where there was none.</summary>
    public bool Remove(Uri address)
    {
        var tokens = Read();
        if (!tokens.Remove(address.AbsoluteUri))
            return false;

        Write(tokens);
        return true;
    }

    private Dictionary<string, AccessToken> Read()
    {
        if (!System.IO.File.Exists(file))
            return [];

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, AccessToken>>(System.IO.File.ReadAllBytes(file)) ?? [];
        }
        catch (JsonException)
        {
            throw new CommandException($"{file} is damaged; remove it and log in again.");
        }
    }

    // Written beside and moved over: whoever reads meanwhile has the one or the other, and no token is ever in a file that others can read.
    private void Write(Dictionary<string, AccessToken> tokens)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

        var temporary = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(temporary, options))
            JsonSerializer.Serialize(stream, tokens);

        System.IO.File.Move(temporary, file, overwrite: true);
    }
}
