import { type Pause, pauseBefore } from '@/lib/calendar/arxiv-days';
import { DAY_MS, startOfDay } from '@/lib/calendar/days';
import { type Period, periodRange, type Window } from './periods';

/** Why a day may well have no papers, by arXiv's calendar. Null for an ordinary day. */
export function quietDay(date: Date): string | null {
  const pause = pauseBefore(date);
  return pause && inWords(pause);
}

function inWords(pause: Pause): string {
  if ('holiday' in pause) {
    return `arXiv announces no new papers on the evening of ${pause.holiday}.`;
  }
  const [evenings, days] =
    pause.weekday === 'Friday' ? ['Friday', 'Saturdays'] : ['Saturday', 'Sundays'];
  return `arXiv announces no new papers on ${evenings} evenings, so ${days} are quiet.`;
}

/** Why a window has no papers, as far as the calendar tells; longer ones than a day always have days for some. */
export function quietWindow(window: Window, now: Date): string | null {
  if (window !== 'day') return null;
  return quietDay(now) ?? quietDay(new Date(now.getTime() - DAY_MS));
}

/** Why a period has no papers, as far as the calendar tells; only days have a reason of their own. */
export function quietPeriod(period: Period, now: Date): string | null {
  if (period.unit !== 'day') return null;
  const { from } = periodRange(period);
  if (startOfDay(now).getTime() === from.getTime()) {
    return quietDay(from) ?? 'It is still going on: the day’s papers may not have come in yet.';
  }
  return quietDay(from);
}
