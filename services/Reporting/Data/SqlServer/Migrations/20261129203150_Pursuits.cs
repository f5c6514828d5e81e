using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlanServices.Reporting.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Pursuits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What the catalogue says of periods and actions now is read anew. Where a text was expunged, no free page keeps it: the
            // database is compacted at the start.
            migrationBuilder.Sql("DELETE FROM updates;");
            migrationBuilder.Sql("DELETE FROM resources;");
            migrationBuilder.Sql("DELETE FROM plans;");
            migrationBuilder.Sql("UPDATE follower_position SET ResumeToken = '', Uncompacted = 1;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The read model comes back by itself.
        }
    }
}
