export async function openFeeds(_: unknown): Promise<{ port: number; close(): Promise<void> }> {
  return { port: 0, close: async () => undefined }
}
