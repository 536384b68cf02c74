import type { Area } from '../../shell/area';
import { t } from './messages';
import SignInPage from './SignInPage.vue';

export const area: Area = {
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: SignInPage,
      meta: { title: () => t('sign_in.title'), permission: 'public' },
    },
  ],
};
