import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/letters',
      name: 'letters',
      component: () => import('./LettersPage.vue'),
      meta: { title: () => t('letters.title'), permission: 'case:receive' },
    },
  ],
  nav: [
    {
      route: 'letters',
      says: () => t('letters.title'),
      permission: 'case:receive',
      group: 'intake',
      order: 21,
    },
  ],
};
