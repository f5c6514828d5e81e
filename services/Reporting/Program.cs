using PlanServices.Reporting;
using PlanServices.ServiceDefaults.Hosting;

var builder = ServiceHost.CreateBuilder(args);
builder.AddServiceDefaults();
if (args.Contains("--rebuild"))
    builder.Configuration[ReportingHosting.Rebuild] = "true";
builder.AddReporting();

var app = builder.Build();
app.MapServiceDefaults();
app.MapReporting();
return await app.RunServiceAsync();
