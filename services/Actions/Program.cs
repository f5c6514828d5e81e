using PlanServices.Actions;
using PlanServices.ServiceDefaults.Hosting;

var builder = ServiceHost.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddActions();

var app = builder.Build();
app.MapServiceDefaults();
app.MapActions();
return await app.RunServiceAsync();
