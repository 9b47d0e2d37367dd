import { attributeOf, childrenOf, textOf, type XmlNode } from "./wire";

export interface SearchAbility {
  isAvailable: boolean;
  /** In lower case: `q`, `imdbid`, `year`. */
  params: string[];
}

/** What an indexer can do, as a plain object that can be kept for a day. */
export interface TorznabCaps {
  /** What the address that was given lacked. */
  suffix: string;
  title: string | null;
  pageSize: number;
  search: SearchAbility;
  movieSearch: SearchAbility;
  categories: { id: number; name: string }[];
}

const largestPage = 100;

function abilityOf(searching: XmlNode | undefined, name: string): SearchAbility {
  const node = childrenOf(searching, name)[0];
  if (node === undefined) return { isAvailable: false, params: [] };
  const params = attributeOf(node, "supportedParams");
  return {
    // It may say no and list what it would take.
    isAvailable: !/^(no|false|0)$/i.test(attributeOf(node, "available") ?? "yes"),
    params: (params ?? "q")
      .toLowerCase()
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  };
}

export function capsOf(root: XmlNode, suffix: string): TorznabCaps {
  const searching = childrenOf(root, "searching")[0];
  const limits = childrenOf(root, "limits")[0];
  const most = [attributeOf(limits, "max"), attributeOf(limits, "default")]
    .map(Number)
    .find((count) => Number.isInteger(count) && count > 0);
  const server = childrenOf(root, "server")[0];
  const categories = childrenOf(childrenOf(root, "categories")[0], "category")
    .flatMap((category) => [category, ...childrenOf(category, "subcat")])
    .map((node) => ({
      id: Number(attributeOf(node, "id") ?? Number.NaN),
      name: attributeOf(node, "name") ?? textOf(node),
    }));
  return {
    suffix,
    title: attributeOf(server, "title") || null,
    pageSize: Math.min(most ?? largestPage, largestPage),
    search: searching ? abilityOf(searching, "search") : { isAvailable: true, params: ["q"] },
    movieSearch: abilityOf(searching, "movie-search"),
    categories: categories.filter(({ id }) => Number.isInteger(id) && id > 0),
  };
}
