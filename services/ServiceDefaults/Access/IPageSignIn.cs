using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>How people sign in to the pages of a host; a host without pages has none.</summary>
public interface IPageSignIn
{
    /// <summary>Whether people sign in. Where they do not, whoever sits at the machine is the user in Development, and nobody elsewhere.</summary>
    bool IsSetUp { get; }

    /// <summary>Who signed in, by a request for a page; null where nobody did, or whose session ended.</summary>
    Task<UserToken?> FindAsync(HttpContext context);

    /// <summary>Answers a request for a page that its caller may not see: has them sign in, or says what is the matter.</summary>
    /// <param name="context">The request.</param>
    /// <param name="denial">UNAUTHENTICATED where nobody signed in, PERMISSION_DENIED where the user lacks a right.</param>
    /// <returns>False where the request is no person's, but a program's.</returns>
    Task<bool> AnswerAsync(HttpContext context, StatusCode denial);
}
