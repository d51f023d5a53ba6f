const at = (now: Date, minutesAgo: number): string =>
  `${new Date(now.getTime() - minutesAgo * 60_000).toISOString().replace(/\D/g, '').slice(0, 14)}+0000`

/**
 * Two messages of the hospital that cannot be taken, for whoever looks after the quarantine: the taking back of an admission that
 * never came, and a birth date that is no date.
 */
export function inventFaultyMessages(now: Date): string[] {
  const message = (id: string, event: string, when: string, ...rest: string[]): string =>
    [
      `MSH|^~\\&|RFRPAS|RFR|GOLDENTHREAD|ROTHERHAM|${when}||ADT^${event}|${id}|P|2.4|||AL|NE|GBR|UNICODE UTF-8`,
      `EVN|${event}|${when}||||${when}`,
      ...rest,
    ].join('\r')
  const takenBack = at(now, 95)
  return [
    message(
      'INVENTED-1',
      'A11',
      takenBack,
      'PID|1||9990001308^^^NHS^NH||Bramwell^Harold^^^Mr^^L||19380203|M|||41 Silverbirch Mount^^Thrybergh^^S65 9ZB^^H',
      `PV1|1|I|A5^^4^RFR|21|||C7654321^Hoffmann^Lena^^^Dr||||||||||||V900417${'|'.repeat(25)}${at(now, 300)}`,
    ),
    message(
      'INVENTED-2',
      'A31',
      at(now, 40),
      'PID|1||9990001316^^^NHS^NH||Ogley^Jean^^^Mrs^^L||19390231|F',
      'PV1|1|N',
    ),
  ].map((text) => `${text}\r`)
}
