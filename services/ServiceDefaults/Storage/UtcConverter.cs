using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Times are stored and read as UTC.</summary>
public sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    time => time.ToUniversalTime(), time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
