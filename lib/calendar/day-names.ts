/** Days put into words, in UTC: the same on pages, in mails and in feeds. */

const format = (options: Intl.DateTimeFormatOptions) => {
  const { format } = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return (date: Date) => format(date).replace(',', '');
};

/** "2025-03-12". */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** "12 Mar 2025". */
export const dayName = format({ day: 'numeric', month: 'short', year: 'numeric' });

/** "12 March 2025". */
export const longDayName = format({ day: 'numeric', month: 'long', year: 'numeric' });

/** "Wednesday 12 March 2025". */
export const fullDayName = format({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** "March 2025". */
export const monthName = format({ month: 'long', year: 'numeric' });
