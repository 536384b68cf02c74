// What the menu and the window say; the rest comes with the page.
import { sentencesOf } from '../../i18n';
import titles from './titles.json';

export const t = sentencesOf(titles);
