/** What the build knows of itself. The only reader of import.meta.env. */

declare const __APP_VERSION__: string

export const appVersion: string = __APP_VERSION__

/** Served by Vite's own server, without a worker. */
export const isDevelopment: boolean = import.meta.env.DEV
