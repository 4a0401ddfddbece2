/** Days put into words, in UTC: the same on pages, in mails and in feeds. */

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format;

/** "2025-03-12". */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** "2025-03-12 08:30". */
export function isoMinute(date: Date): string {
  return date.toISOString().slice(0, 16).replace('T', ' ');
}

/** "12 Mar 2025". */
export const dayName = format({ day: 'numeric', month: 'short', year: 'numeric' });

/** "12 March 2025". */
export const longDayName = format({ day: 'numeric', month: 'long', year: 'numeric' });

const weekday = format({ weekday: 'long' });

/** "Wednesday, 12 March 2025". */
export function fullDayName(date: Date): string {
  return `${weekday(date)}, ${longDayName(date)}`;
}

/** "6 Mar"; "6 Mar 2024" where that is another year than `now`. */
export function shortDayName(date: Date, now: Date): string {
  return date.getUTCFullYear() === now.getUTCFullYear() ? dayOfMonth(date) : dayName(date);
}

const dayOfMonth = format({ day: 'numeric', month: 'short' });

/** "March 2025". */
export const monthName = format({ month: 'long', year: 'numeric' });
