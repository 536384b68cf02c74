// Units as a tree: each below the one it belongs to, with how deep it stands. A unit whose parent is not in the list (or that
// was entered as a circle) stands at the top, so that none is ever left out.
import type { Schemas } from '../../api/client';

export type Unit = Schemas['ManagedUnit'];
export interface Branch {
  unit: Unit;
  depth: number;
}

export function treeOf(units: Unit[]): Branch[] {
  const known = new Set(units.map((unit) => unit.id));
  const below = new Map<string, Unit[]>();
  for (const unit of units) {
    const parent = unit.parent && known.has(unit.parent) ? unit.parent : '';
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const branches: Branch[] = [];
  const seen = new Set<string>();
  const walk = (unit: Unit, depth: number) => {
    if (seen.has(unit.id)) return;
    seen.add(unit.id);
    branches.push({ unit, depth });
    for (const child of below.get(unit.id) ?? []) walk(child, depth + 1);
  };
  for (const unit of below.get('') ?? []) walk(unit, 0);
  for (const unit of units) walk(unit, 0); // a circle has no top
  return branches;
}

export function fits(unit: Unit, search: string): boolean {
  const text = search.trim().toLowerCase();
  return !text || `${unit.name} ${unit.code} ${unit.place_path} ${unit.phone}`.toLowerCase().includes(text);
}
