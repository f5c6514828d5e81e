using PlanServices.Dashboard;
using PlanServices.ServiceDefaults.Hosting;

var builder = ServiceHost.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDashboard();

var app = builder.Build();
app.MapServiceDefaults();
app.MapDashboard();
return await app.RunServiceAsync();
