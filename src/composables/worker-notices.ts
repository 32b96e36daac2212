/** What the worker does about notices: shows one, and looks for news by itself. */

/** Chromium's alone, and only for an installed app: the worker looks for news by itself now and then. Not in TypeScript's DOM. */
interface PeriodicSync {
  register(tag: string, options: { minInterval: number }): Promise<void>
}

/** Never throws: a browser that does not wake the worker leaves the news for the next visit. */
export async function wakeForNews(tag: string, everyMs: number): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.ready
    await (registration as { periodicSync?: PeriodicSync }).periodicSync?.register(tag, {
      minInterval: everyMs,
    })
  } catch {
    // Not installed, or not allowed.
  }
}

export async function showNotice(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker.ready
  await registration.showNotification(title, options)
}
