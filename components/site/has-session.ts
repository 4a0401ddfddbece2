/** Whether the browser has a session, by the cookie that says so and opens nothing (lib/readers/cookies.ts). */
export const hasSession = (): boolean => /(?:^|; )signed-in=1/.test(document.cookie);
