// Who is being taken into the queue of a visit, by visit: still there when the official comes back to the page or had to sign
// in again, and nowhere but in memory.
import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { newToken } from '../../api/client';
import { t } from './messages';

export const needs = [
  'step_free',
  'sign_language',
  'interpreter',
  'large_print',
  'companion',
  'home_visit',
] as const;

export interface Booking {
  way: 'phone' | 'walk_in';
  token: string; // the same people are taken once, however often they are sent
  form: { people: string; name: string; phone: string; needs: (typeof needs)[number][]; words: string };
}

export const useBooking = defineStore('visit-booking', () => {
  const open = reactive(new Map<string, Booking>());
  function begin(visit: string, way: Booking['way']): void {
    const form = { people: '1', name: '', phone: '', needs: [], words: '' };
    open.set(visit, { way, token: newToken(), form });
  }
  const somethingTyped = ({ form }: Booking) =>
    form.name.trim() !== '' || form.phone.trim() !== '' || form.needs.length > 0;
  const unsent = () => ([...open.values()].some(somethingTyped) ? t('queue.unsent') : '');
  return { open, begin, unsent };
});
