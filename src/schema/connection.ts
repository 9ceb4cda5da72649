import { Public } from '../directives/decorators';
import { Required, Shape, Optional } from './field';

@Public()
@Shape('PageInfo', 'Where a page stands in its list.')
export class PageInfo {
  @Required(() => Boolean, 'More follow.') hasNextPage: boolean;
  @Required(() => Boolean, 'Some came before.') hasPreviousPage: boolean;
  @Optional(() => String, 'The cursor of the first on the page.') startCursor?: string | null;
  @Optional(() => String, 'The cursor of the last on the page.') endCursor?: string | null;
}

/** `XConnection` and `XEdge` of a node type: structure alone, the nodes bear their own tags. Returns the connection's class. */
export function connectionOf<Node extends object>(name: string, node: () => new () => Node) {
  @Public()
  @Shape(`${name}Edge`, `One ${name} of a list, with its cursor.`)
  class Edge {
    @Required(() => String, 'Opaque, bound to the caller and the question, tamper-evident, good for an hour.') cursor: string;
    @Required(node, 'What the edge leads to.') node: Node;
  }
  @Public()
  @Shape(`${name}Connection`, `A page of a list of ${name}.`)
  class Connection {
    @Required(() => [Edge], 'The page, with cursors.') edges: Edge[];
    @Required(() => [node()], 'The page, without cursors.') nodes: Node[];
    @Required(() => PageInfo, 'Where the page stands.') pageInfo: PageInfo;
  }
  return Connection;
}
