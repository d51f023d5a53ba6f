import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Which pages of other sites may read what this one answers: those of the apps that the place has registered, over FHIR, with a token that they
 * bring. A browser's cookies are never taken from there, so nothing says that they may be sent.
 */
const mayBring =
  'Authorization, Content-Type, Accept, If-Match, If-None-Match, If-None-Exist, If-Modified-Since, Prefer'
const mayRead = 'ETag, Location, Content-Location, Last-Modified, WWW-Authenticate'
const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const seconds = '600'

export const isFromApp = (request: FastifyRequest, origins: ReadonlySet<string>): boolean =>
  request.headers.origin !== undefined && origins.has(request.headers.origin)

/** @param methodsAt what an address takes, for whoever asks from no page */
export function answerApps(
  web: FastifyInstance,
  root: string,
  origins: ReadonlySet<string>,
  methodsAt: (url: string) => string[],
): void {
  web.addHook('onSend', async (request, reply) => {
    if (isUnder(root, request.url)) allow(request, reply, origins)
  })
  for (const url of [root, `${root}/*`])
    web.options(url, (request, reply) => {
      if (request.headers.origin === undefined)
        return reply
          .code(204)
          .header('allow', ['OPTIONS', ...methodsAt(request.url)].join(', '))
          .send()
      if (!isFromApp(request, origins)) return reply.code(403).send()
      return reply
        .code(204)
        .headers({
          'access-control-allow-methods': methods,
          'access-control-allow-headers': mayBring,
          'access-control-max-age': seconds,
        })
        .send()
    })
}

const isUnder = (root: string, url: string): boolean =>
  url === root || url.startsWith(`${root}/`) || url.startsWith(`${root}?`)

function allow(request: FastifyRequest, reply: FastifyReply, origins: ReadonlySet<string>): void {
  reply.header('vary', 'Origin')
  if (isFromApp(request, origins))
    reply.headers({
      'access-control-allow-origin': request.headers.origin,
      'access-control-expose-headers': mayRead,
    })
}
