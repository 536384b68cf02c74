// The names that fields choose from. Units and categories hardly change; they are asked for once while the desk is open.
import { defineStore } from 'pinia';
import { useDesk } from '../../shell/session';

export interface Choice {
  value: string;
  says: string;
  beside?: string; // what tells it from another of the same name
}

export const useLookups = defineStore('lookups', () => {
  const desk = useDesk();
  let unitsAsked: Promise<Choice[]> | undefined;
  let categoriesAsked: Promise<Choice[]> | undefined;

  async function askUnits(): Promise<Choice[]> {
    const answer = await desk.ask((server) => server.GET('/api/v1/units'));
    if ('trouble' in answer) {
      unitsAsked = undefined; // the next field asks again
      return [];
    }
    const nameOf = new Map(answer.ok.units.map((unit) => [unit.id, unit.name]));
    return answer.ok.units
      .filter((unit) => unit.active)
      .map((unit) => ({ value: unit.id, says: unit.name, beside: nameOf.get(unit.parent ?? '') ?? '' }));
  }
  async function askCategories(): Promise<Choice[]> {
    const answer = await desk.ask((server) => server.GET('/api/v1/categories', { params: { query: {} } }));
    if ('trouble' in answer) {
      categoriesAsked = undefined;
      return [];
    }
    const nameOf = new Map(answer.ok.categories.map((each) => [each.code, each.name]));
    return answer.ok.categories.map((each) => ({
      value: each.code,
      says: each.name,
      beside: nameOf.get(each.parent ?? '') ?? '',
    }));
  }
  const units = () => (unitsAsked ??= askUnits());
  const categories = () => (categoriesAsked ??= askCategories());

  async function places(search: string): Promise<Choice[]> {
    if (!search.trim()) return [];
    const answer = await desk.ask((server) =>
      server.GET('/api/v1/places', { params: { query: { search: search.trim(), limit: 20 } } }),
    );
    if ('trouble' in answer) return [];
    return answer.ok.places.map(({ code, name, path }) => ({
      value: code,
      says: path,
      beside: path === name ? '' : name,
    }));
  }
  return { units, categories, places };
});
