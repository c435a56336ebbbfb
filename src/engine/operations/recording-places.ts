/** Where two models answered, each has a folder of its own below the one that was named. */
export function partsBelow(folder: string): readonly [small: string, large: string] {
  return [`${folder}/small`, `${folder}/large`]
}

/** One folder for one model, else one for each. Parts of equal ids are one. */
export function placesOf<Part extends { readonly id: string }>(
  folder: string,
  { small, large }: { readonly small: Part; readonly large: Part },
): readonly (Omit<Part, 'id'> & { readonly folder: string; readonly model: string })[] {
  if (small.id === large.id) return [{ ...large, folder, model: large.id }]
  const [smallFolder, largeFolder] = partsBelow(folder)
  return [
    { ...small, folder: smallFolder, model: small.id },
    { ...large, folder: largeFolder, model: large.id },
  ]
}
