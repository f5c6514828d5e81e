using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlanServices.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class Uncompacted : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Uncompacted",
                table: "follower_position",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Uncompacted",
                table: "follower_position");
        }
    }
}
