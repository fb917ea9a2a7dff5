// lemon.cc: `lemon FILE`: a minimum cost flow in the DIMACS `min` format by
// LEMON's network simplex.  Prints the cost and the CPU seconds of solving.
#include <cstdio>
#include <ctime>
#include <fstream>

#include <lemon/dimacs.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

typedef lemon::SmartDigraph Graph;

int
main(int argc, char **argv)
{
    std::ifstream file(argc == 2 ? argv[1] : "");
    Graph graph;
    Graph::ArcMap<long long> lower(graph), upper(graph), cost(graph);
    Graph::NodeMap<long long> supply(graph);
    lemon::readDimacsMin(file, graph, lower, upper, cost, supply);
    std::clock_t begin = std::clock();
    lemon::NetworkSimplex<Graph, long long> simplex(graph);
    simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(supply);
    if (simplex.run() != simplex.OPTIMAL) {
        std::fputs("lemon: no optimum\n", stderr);
        return 1;
    }
    std::printf("%lld %.3f\n", simplex.totalCost<long long>(),
        double(std::clock() - begin) / CLOCKS_PER_SEC);
    return 0;
}
