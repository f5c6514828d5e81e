using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>Methods that answer with the bytes of a message: made once, they are sent as they are.</summary>
public static class BytesMethod
{
    /// <summary>A method of a contract.</summary>
    /// <param name="service">The contract's service.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="parser">Reads its request.</param>
    public static Method<TRequest, byte[]> Unary<TRequest>(ServiceDescriptor service, string name, MessageParser<TRequest> parser)
        where TRequest : IMessage<TRequest> => new(
            MethodType.Unary,
            service.FullName,
            name,
            new Marshaller<TRequest>(
                (_, _) => throw new NotSupportedException("A server writes no requests."),
                context => parser.ParseFrom(context.PayloadAsReadOnlySequence())),
            new Marshaller<byte[]>(Write, _ => throw new NotSupportedException("A server reads no answers.")));

    private static void Write(byte[] answer, SerializationContext context)
    {
        context.SetPayloadLength(answer.Length);
        context.GetBufferWriter().Write(answer);
        context.Complete();
    }
}
