"""The agents, each a neighbour of the others on one BaseAgent; ``registry`` lists them."""
