import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'audit:read';

export const area: Area = {
  routes: [
    {
      path: '/house/log',
      name: 'settings-log',
      component: () => import('./LogPage.vue'),
      meta: { title: () => t('log.title'), permission },
    },
  ],
  nav: [{ route: 'settings-log', says: () => t('log.title'), permission, group: 'house', order: 80 }],
};
