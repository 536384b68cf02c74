// Villages as equal squares, roughly where they lie: north above, west on the left. No boundary, no area: a village of
// 200 people is as large as one of 5,000. Not a map.
export interface Lying {
  lat: number;
  lon: number;
}

// Rows of at most `columns`, each from west to east, the northern ones first.
export function rowsOf<T extends Lying>(villages: readonly T[], columns: number): T[][] {
  const fromNorth = [...villages].sort((a, b) => b.lat - a.lat || a.lon - b.lon);
  const rows: T[][] = [];
  const wide = Math.max(1, columns);
  for (let at = 0; at < fromNorth.length; at += wide) {
    rows.push(fromNorth.slice(at, at + wide).sort((a, b) => a.lon - b.lon));
  }
  return rows;
}

// As wide as high, a little wider.
export function columnsFor(count: number, most: number): number {
  return Math.min(most, Math.max(1, Math.ceil(Math.sqrt(count * 1.3))));
}

// Where an arrow key leads, from one square to the next; the end of the rows stops.
export function neighbour(
  rows: readonly (readonly unknown[])[],
  at: [number, number],
  key: string,
): [number, number] {
  const [row, column] = at;
  const within = (r: number, c: number): [number, number] => {
    const line = rows[r];
    return line ? [r, Math.min(Math.max(c, 0), line.length - 1)] : at;
  };
  if (key === 'ArrowLeft') return within(row, column - 1);
  if (key === 'ArrowRight') return within(row, column + 1);
  if (key === 'ArrowUp') return within(row - 1, column);
  if (key === 'ArrowDown') return within(row + 1, column);
  return at;
}
