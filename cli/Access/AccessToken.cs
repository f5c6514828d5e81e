namespace PlanServices.Cli.Access;

/// <summary>An access token, and when it ends.</summary>
internal sealed record AccessToken(string Text, DateTimeOffset End);
