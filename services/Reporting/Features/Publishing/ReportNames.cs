using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Publishing;

/// <summary>Published reports as the contract names and tells of them.</summary>
internal static class ReportNames
{
    public static string Of(string plan, int number) => ResourceName.Report.Of(plan, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The plan's id and the number. INVALID_ARGUMENT where the form is wrong; NOT_FOUND for an id that no report can have.</summary>
    public static (string Plan, int Number) Parse(string name, string field)
    {
        var ids = ResourceName.Report.Parse(name, field);
        return int.TryParse(ids[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && ids[1][0] != '0'
            ? (ids[0], number)
            : throw ApiErrors.NotFound(name);
    }

    public static Report ToMessage(this PublishedReport report)
    {
        var message = new Report
        {
            Name = Of(report.Plan, report.Number),
            Number = report.Number,
            Period = ResourceName.Period.Of(report.Plan, report.Period),
            Audience = report.Audience,
            ProtectiveMarking = report.Marking,
            Version = report.Version,
            Corrects = report.Corrects is { } corrects ? Of(report.Plan, corrects) : "",
            CorrectionNote = report.CorrectionNote,
            CorrectedBy = report.CorrectedBy is { } by ? Of(report.Plan, by) : "",
            PlanRevision = report.Revision,
            PublishTime = Timestamp.FromDateTime(report.PublishTime),
            Publisher = report.Publisher,
            // All other files are made from this one.
            Sha256 = report.Files.First(f => f.Format == Format.Json).Sha256,
            State = report.WithdrawTime is null ? Report.Types.State.Published : Report.Types.State.Withdrawn,
            WithdrawTime = report.WithdrawTime is { } time ? Timestamp.FromDateTime(time) : null,
            Withdrawer = report.Withdrawer,
            WithdrawReason = report.WithdrawReason,
        };
        message.Files.AddRange(report.Files.Select(f => new ReportFile
        {
            Format = f.Format,
            MediaType = f.MediaType,
            SizeBytes = f.Size,
            Sha256 = f.Sha256,
        }));
        return message;
    }
}
