//! Which rule needs which: an order in which each is worked out once, or the circle.

/// For each node the nodes it needs, in any order; one may stand there several times.
pub(crate) type Graph = Vec<Vec<usize>>;

/// Every node after the nodes it needs; otherwise the nodes along a circle, the first one again
/// at the end. Without recursion: a template may have a chain of thousands.
pub(crate) fn sort(needs: &Graph) -> Result<Vec<usize>, Vec<usize>> {
    let mut needed_by: Graph = vec![Vec::new(); needs.len()];
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    for (node, needed) in needs.iter().enumerate() {
        for other in needed {
            needed_by[*other].push(node);
        }
    }
    let mut order: Vec<usize> = (0..needs.len())
        .filter(|node| waiting[*node] == 0)
        .collect();
    let mut done = 0;
    while let Some(node) = order.get(done).copied() {
        done += 1;
        for dependent in &needed_by[node] {
            waiting[*dependent] -= 1;
            if waiting[*dependent] == 0 {
                order.push(*dependent);
            }
        }
    }
    if order.len() == needs.len() {
        Ok(order)
    } else {
        Err(circle(needs, &waiting))
    }
}

/// Every node still waiting needs another that waits, so following those must come around.
fn circle(needs: &Graph, waiting: &[usize]) -> Vec<usize> {
    let mut path = Vec::new();
    let mut place = vec![None; needs.len()];
    let mut next = waiting.iter().position(|count| *count > 0);
    while let Some(node) = next {
        if let Some(start) = place[node] {
            path.push(node);
            return path.split_off(start);
        }
        place[node] = Some(path.len());
        path.push(node);
        next = needs[node]
            .iter()
            .copied()
            .filter(|needed| waiting[*needed] > 0)
            .min();
    }
    path
}

/// The nodes that depend on `source`, itself left out, given an order that [`sort`] found.
pub(crate) fn dependents(needs: &Graph, order: &[usize], source: Option<usize>) -> Vec<bool> {
    let mut depends = vec![false; needs.len()];
    for node in order {
        depends[*node] = needs[*node]
            .iter()
            .any(|needed| Some(*needed) == source || depends[*needed]);
    }
    depends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_comes_after_what_it_needs() {
        let needs = vec![vec![2], vec![], vec![1], vec![0, 1]];
        let order = sort(&needs).unwrap();
        assert_eq!(order, [1, 2, 0, 3]);
        assert_eq!(
            dependents(&needs, &order, Some(2)),
            [true, false, false, true]
        );
    }

    #[test]
    fn a_circle_is_told_without_what_only_leads_to_it() {
        assert_eq!(
            sort(&vec![vec![1], vec![2], vec![3], vec![1]]),
            Err(vec![1, 2, 3, 1])
        );
        assert_eq!(sort(&vec![vec![0]]), Err(vec![0, 0]));
    }
}
