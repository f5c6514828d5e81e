namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>
/// The write call that is being carried out. Its entry in the audit log is stored in the transaction of what it writes: there is
/// neither a write without an entry, nor an entry of a write that was lost.
/// </summary>
internal sealed record AuditedCall(DateTime Time, string Caller, string RemoteAddress, string Method, string Resource)
{
    /// <summary>Something was written.</summary>
    public const string Ok = "OK";

    /// <summary>It was answered and wrote nothing: a check, a repetition, or what is so already.</summary>
    public const string Unchanged = "OK UNCHANGED";

    private static readonly AsyncLocal<AuditedCall?> Call = new();

    /// <summary>The call of this flow of control; null in what a service does of its own accord.</summary>
    public static AuditedCall? Current
    {
        get => Call.Value;
        set => Call.Value = value;
    }

    /// <summary>It changed something.</summary>
    public bool Kept { get; set; }

    /// <summary>Its entry is stored.</summary>
    public bool Stored { get; set; }

    public AuditRow Row(string outcome) => new()
    {
        Time = Time,
        Caller = Cut(Caller, 200),
        RemoteAddress = RemoteAddress,
        Method = Method,
        Resource = Cut(Resource, 200),
        Outcome = Cut(outcome, 120),
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
