/** What somebody at a browser was shown at last, or where on another site they were sent. */
export type Landed = { url: URL; status: number; text: string }

/**
 * Somebody at a browser without JavaScript: keeps cookies, follows redirects, and stops where another site begins.
 * `home` is the address of ours.
 */
export function visitor(home: string) {
  const jar = new Map<string, Map<string, string>>()

  const cookiesFor = (url: URL): string =>
    [...jar]
      .filter(([path]) => url.pathname === path || path === '/' || url.pathname.startsWith(`${path}/`))
      .flatMap(([, cookies]) => [...cookies].map(([name, value]) => `${name}=${value}`))
      .join('; ')

  function keep(url: URL, set: string[]): void {
    for (const cookie of set) {
      const [pair = '', ...attributes] = cookie.split(/;\s*/)
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? url.pathname
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      const cookies = jar.get(path) ?? new Map<string, string>()
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
      jar.set(path, cookies)
    }
  }

  async function go(address: string, form?: Record<string, string>): Promise<Landed> {
    let url = new URL(address, home)
    let body = form && new URLSearchParams(form).toString()
    for (let hop = 0; hop < 15; hop++) {
      if (url.origin !== new URL(home).origin) return { url, status: 0, text: '' }
      const answer = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: {
          cookie: cookiesFor(url),
          ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(body !== undefined && { body }),
      })
      keep(url, answer.headers.getSetCookie())
      const location = answer.headers.get('location')
      if (location === null) return { url, status: answer.status, text: await answer.text() }
      url = new URL(location, url)
      body = undefined
    }
    throw new Error(`${address} leads in a circle`)
  }

  /** Goes on from the page on which the issuer asks who signs in. */
  const chooseStaff = (page: Landed, staff: string): Promise<Landed> => go(page.url.href, { staff })
  return { go, chooseStaff }
}

export type Visitor = ReturnType<typeof visitor>
