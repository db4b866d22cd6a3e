import type { Plant } from './illustrations.ts';

export interface Product {
  name: string;
  botanicalName: string;
  plant: Plant;
  price: string;
  light: string;
  water: string;
  /** The background of its picture, which is a class of the style sheet. */
  ground: 'sage' | 'sand' | 'rose' | 'mist';
}

export const PRODUCTS: readonly Product[] = [
  {
    name: 'Swiss cheese plant',
    botanicalName: 'Monstera deliciosa',
    plant: 'monstera',
    price: '€34',
    light: 'Bright, indirect',
    water: 'Weekly',
    ground: 'sage',
  },
  {
    name: 'Boston fern',
    botanicalName: 'Nephrolepis exaltata',
    plant: 'fern',
    price: '€22',
    light: 'Half shade',
    water: 'Twice a week',
    ground: 'sand',
  },
  {
    name: 'Snake plant',
    botanicalName: 'Dracaena trifasciata',
    plant: 'snake',
    price: '€28',
    light: 'Anywhere',
    water: 'Every three weeks',
    ground: 'mist',
  },
  {
    name: 'Pancake plant',
    botanicalName: 'Pilea peperomioides',
    plant: 'pilea',
    price: '€16',
    light: 'Bright, indirect',
    water: 'Weekly',
    ground: 'rose',
  },
  {
    name: 'Rubber plant',
    botanicalName: 'Ficus elastica',
    plant: 'rubber',
    price: '€39',
    light: 'Bright',
    water: 'Every ten days',
    ground: 'mist',
  },
  {
    name: 'Aloe',
    botanicalName: 'Aloe vera',
    plant: 'aloe',
    price: '€14',
    light: 'Full sun',
    water: 'Every two weeks',
    ground: 'sage',
  },
];
