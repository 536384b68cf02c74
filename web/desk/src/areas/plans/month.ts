// Days of a month as the calendar shows them, and lists of days as people write them.
export interface CalendarDay {
  date: string; // 2026-12-07
  number: number;
  weekday: number; // 1 Monday … 7 Sunday
}

export function daysOf(month: string): CalendarDay[] {
  const [year = 0, one = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, one, 0)).getUTCDate();
  return Array.from({ length: last }, (_, i) => {
    const day = new Date(Date.UTC(year, one - 1, i + 1));
    return {
      date: `${month}-${String(i + 1).padStart(2, '0')}`,
      number: i + 1,
      weekday: day.getUTCDay() === 0 ? 7 : day.getUTCDay(),
    };
  });
}

export function monthAfter(month: string, by: number): string {
  const [year = 0, one = 1] = month.split('-').map(Number);
  const then = new Date(Date.UTC(year, one - 1 + by, 1));
  return `${then.getUTCFullYear()}-${String(then.getUTCMonth() + 1).padStart(2, '0')}`;
}

// "7-11, 14" → the dates; null when it cannot be read or is no day of the month.
export function datesIn(text: string, month: string): string[] | null {
  const days = daysOf(month);
  const dates = new Set<string>();
  for (const part of text.split(/[\s,，、;；]+/).filter(Boolean)) {
    const read = /^(\d{1,2})(?:\s*[-–—~至到]\s*(\d{1,2}))?$/.exec(part);
    if (!read) return null;
    const from = Number(read[1]);
    const to = Number(read[2] ?? read[1]);
    if (from < 1 || to > days.length || from > to) return null;
    for (const day of days.slice(from - 1, to)) dates.add(day.date);
  }
  return [...dates].sort();
}

// The other way round: "7-11, 14".
export function writtenDays(dates: readonly string[]): string {
  const numbers = dates.map((date) => Number(date.slice(8))).sort((a, b) => a - b);
  const parts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) ++end;
    parts.push(end === at ? `${numbers[at]}` : `${numbers[at]}-${numbers[end]}`);
    at = end + 1;
  }
  return parts.join(', ');
}
