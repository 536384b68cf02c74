import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/phone',
      name: 'phone',
      component: () => import('./PhonePage.vue'),
      meta: { title: () => t('phone.title'), permission: 'case:receive' },
    },
  ],
  nav: [
    { route: 'phone', says: () => t('phone.title'), permission: 'case:receive', group: 'intake', order: 20 },
  ],
};
