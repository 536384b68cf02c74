import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'units:manage';

export const area: Area = {
  routes: [
    {
      path: '/house/calendars',
      name: 'calendars',
      component: () => import('./CalendarsPage.vue'),
      meta: { title: () => t('calendars.title'), permission },
    },
  ],
  nav: [{ route: 'calendars', says: () => t('calendars.title'), permission, group: 'house', order: 30 }],
};
