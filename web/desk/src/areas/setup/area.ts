import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'units:manage';

export const area: Area = {
  routes: [
    {
      path: '/house/setup',
      name: 'setup',
      component: () => import('./SetupPage.vue'),
      meta: { title: () => t('setup.title'), permission },
    },
  ],
  nav: [{ route: 'setup', says: () => t('setup.title'), permission, group: 'house', order: 1 }],
};
